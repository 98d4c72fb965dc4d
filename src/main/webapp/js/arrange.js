/** How much each state is in need of someone. */
const RANK = { DOWN: 0, DEGRADED: 1, UNKNOWN: 2, PENDING: 3, UP: 4, PAUSED: 5 };

export const SORTS = ['group', 'trouble', 'name', 'slow'];

const compare = new Intl.Collator(undefined, { numeric: true }).compare;

/** Whether a monitor needs someone. */
export function inTrouble({ state }) {
  return RANK[state] < RANK.PENDING;
}

let counted = { key: '', counts: {} };

/** How many monitors are in each state that one is in. Counted again only after a change. */
export function countStates({ monitors, shape, turns }) {
  const key = `${shape} ${turns}`;
  if (key !== counted.key) {
    counted = { key, counts: count(monitors) };
  }
  return counted.counts;
}

function count(monitors) {
  const counts = {};
  for (const { state } of monitors.values()) {
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/**
 * The lines of the board, from the top: `{group, count, trouble}` for a heading, `{row}` for a
 * monitor.
 *
 * @param {Iterable} rows
 * @param {{query: string, state: string, sort: string}} how every word of the query must be in the
 *     name, key, group or a tag; an empty state takes all
 */
export function arrange(rows, { query, state, sort }) {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = [...rows].filter((row) =>
    (state === '' || row.state === state) && words.every((word) => said(row).includes(word)));
  const byName = (a, b) => compare(a.name, b.name) || compare(a.id, b.id);
  if (sort === 'trouble') {
    found.sort((a, b) => RANK[a.state] - RANK[b.state]
      || Number(a.muted !== null) - Number(b.muted !== null)
      || (RANK[a.state] < RANK.PENDING ? compare(b.since, a.since) : 0) || byName(a, b));
  } else if (sort === 'slow') {
    const slow = (row) => row.lastSample?.latencyMs ?? -1;
    found.sort((a, b) => slow(b) - slow(a) || byName(a, b));
  } else {
    found.sort(byName);
  }
  return sort === 'group' ? grouped(found) : found.map((row) => ({ row }));
}

function said(row) {
  return `${row.name}\n${row.id}\n${row.group ?? ''}\n${row.tags.join('\n')}`.toLowerCase();
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const name = row.group ?? '';
    if (!groups.has(name)) {
      groups.set(name, []);
    }
    groups.get(name).push(row);
  }
  const names = [...groups.keys()].sort((a, b) => (a && b ? compare(a, b) : b ? 1 : -1));
  const lines = [];
  for (const name of names) {
    const members = groups.get(name);
    if (name !== '' || names.length > 1) {
      lines.push({
        group: name, count: members.length, trouble: members.filter(inTrouble).length,
      });
    }
    lines.push(...members.map((row) => ({ row })));
  }
  return lines;
}
