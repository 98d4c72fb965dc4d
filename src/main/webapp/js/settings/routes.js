/** Which alerts go where. */
export const routes = {
  path: 'routes',
  role: 'admin',
  update: 'PUT',
  dryRun: true,
  columns: ({ name, order, match, channels, continue: goesOn }) =>
    [name, String(order), matched(match), channels.join(', '), goesOn ? '✓' : '–'],
  fields: [
    { name: 'name' },
    { name: 'order', kind: 'number', optional: true },
    { name: 'match', kind: 'json', optional: true, initial: () => ({ severity: ['critical'] }) },
    { name: 'channels', kind: 'list' },
    { name: 'groupBy', kind: 'list', optional: true },
    { name: 'groupWait', optional: true },
    { name: 'groupInterval', optional: true },
    { name: 'repeatInterval', optional: true },
    { name: 'quietHours', kind: 'json', optional: true },
    { name: 'escalation', kind: 'json', optional: true },
    { name: 'continue', kind: 'check' },
  ],
};

/** What a match asks for, in few words. */
export function matched(match) {
  return Object.entries(match ?? {}).filter(([, values]) => values?.length > 0)
    .map(([name, values]) => `${name}: ${values.join('/')}`).join(', ') || '*';
}
