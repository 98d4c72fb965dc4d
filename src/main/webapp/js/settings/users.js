import { moment } from '../time.js';

/** Who may sign in, and as what. */
export const users = {
  path: 'users',
  key: 'username',
  role: 'admin',
  reader: 'admin',
  update: 'PATCH',
  columns: ({ username, role, enabled, createdAt }) =>
    [username, role, enabled ? '✓' : '–', moment(createdAt)],
  fields: [
    { name: 'username', fixed: true },
    { name: 'role', kind: 'select', options: ['viewer', 'operator', 'admin'] },
    { name: 'password', kind: 'password', optional: true },
    { name: 'enabled', kind: 'check', initial: () => true },
  ],
};
