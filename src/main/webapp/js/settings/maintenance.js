import { Calendar } from '../calendar.js';
import { zone } from '../past.js';
import { moment, now } from '../time.js';
import { matched } from './routes.js';

/** When work is planned. */
export const maintenance = {
  path: 'maintenance-windows',
  role: 'admin',
  update: 'PUT',
  aside: () => new Calendar(),
  columns: ({ name, match, startsAt, duration, recurrence }) =>
    [name, matched(match), moment(startsAt), duration, recurrence ?? ''],
  fields: [
    { name: 'name' },
    { name: 'match', kind: 'json', initial: () => ({ group: ['shop'] }) },
    { name: 'startsAt', kind: 'time', initial: () => new Date(now()).toISOString() },
    { name: 'duration', example: '2h' },
    { name: 'recurrence', example: 'FREQ=WEEKLY;BYDAY=SU', optional: true },
    { name: 'timezone', initial: zone },
  ],
};
