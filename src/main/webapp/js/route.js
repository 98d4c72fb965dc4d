/**
 * Where one is on the page, as the part of the address after `#`: `/`, `/incidents/<id>` and so on.
 * Names and keys in it are percent-encoded.
 */
export function place() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').filter((part) => part !== '');
  return { screen: parts[0] ?? 'board', id: decoded(parts[1]) };
}

/** The address of a screen, for a link. */
export function to(screen, id) {
  return id === undefined ? `#/${screen}` : `#/${screen}/${encodeURIComponent(id)}`;
}

export function go(screen, id) {
  location.hash = to(screen, id);
}

function decoded(part) {
  try {
    return part === undefined ? null : decodeURIComponent(part);
  } catch {
    return part; // not by us
  }
}
