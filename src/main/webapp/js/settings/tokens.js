import { text } from '../text.js';
import { moment } from '../time.js';

/** What scripts sign in with. */
export const tokens = {
  path: 'tokens',
  role: 'admin',
  reader: 'admin',
  columns: ({ name, role, expiresAt, createdBy }) =>
    [name, role, expiresAt ? moment(expiresAt) : text.never, createdBy],
  fields: [
    { name: 'name' },
    { name: 'role', kind: 'select', options: ['viewer', 'operator', 'admin'] },
    { name: 'expiresAt', kind: 'time', optional: true },
  ],
  once: ({ token }) => token,
};
