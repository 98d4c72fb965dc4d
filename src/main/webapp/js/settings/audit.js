import { el } from '../dom.js';
import { exact, moment } from '../time.js';

/** Who did what. */
export const audit = {
  path: 'audit',
  reader: 'admin',
  columns: ({ at, actor, operation, target, outcome, address }) => [
    el('time', { datetime: at, title: exact(at) }, moment(at)),
    actor, operation, target ?? '', outcome, address ?? '',
  ],
};
