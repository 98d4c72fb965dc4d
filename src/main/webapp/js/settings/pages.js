import { el } from '../dom.js';
import { API } from '../api-address.js';

/** What is shown to everybody. */
export const pages = {
  path: 'status-pages',
  role: 'admin',
  update: 'PUT',
  columns: ({ id, title, monitors, published }) => [
    el('a', { href: new URL(`../status/${encodeURIComponent(id)}`, API).href }, title),
    (monitors ?? []).join(', '), published ? '✓' : '–',
  ],
  fields: [
    { name: 'title' },
    { name: 'id', optional: true, fixed: true },
    { name: 'description', optional: true },
    { name: 'monitors', kind: 'list' },
    { name: 'match', kind: 'json', optional: true },
    { name: 'published', kind: 'check' },
  ],
};
