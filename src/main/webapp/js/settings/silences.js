import { moment, now } from '../time.js';

/** Who is not told of what, for a while. */
export const silences = {
  path: 'silences',
  role: 'operator',
  update: 'PUT',
  columns: ({ matchers, startsAt, endsAt, author, comment }) => [
    matchers.map(({ name, op, value }) => `${name}${op}${value}`).join(' '),
    moment(startsAt), moment(endsAt), author ?? '', comment,
  ],
  fields: [
    {
      name: 'matchers', kind: 'json',
      initial: () => [{ name: 'group', op: '=', value: 'shop' }],
    },
    { name: 'startsAt', kind: 'time', optional: true },
    {
      name: 'endsAt', kind: 'time', initial: () => new Date(now() + 7_200_000).toISOString(),
    },
    { name: 'comment' },
  ],
};
