/**
 * What is being written, kept in this tab so that it survives a reload. Where nothing can be kept,
 * nothing is.
 */
export function keep(name, values) {
  try {
    sessionStorage.setItem(name, JSON.stringify(values));
  } catch {
    // it is full, or this browser has none
  }
}

/** What was kept under a name, or null. */
export function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

export function forget(name) {
  sessionStorage.removeItem(name);
}
