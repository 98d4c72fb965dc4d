import { call, one } from '../api.js';
import { text } from '../text.js';

const TYPES = [
  'webhook', 'email', 'slack', 'teams', 'discord', 'telegram', 'pagerduty', 'opsgenie', 'ntfy',
  'apprise',
];

/** Where alerts go. */
export const channels = {
  path: 'channels',
  role: 'admin',
  update: 'PUT',
  columns: ({ name, type, enabled, default: byDefault }) =>
    [name, type, enabled ? '✓' : '–', byDefault ? '✓' : '–'],
  fields: [
    { name: 'name' },
    { name: 'type', kind: 'select', options: TYPES, fixed: false },
    {
      name: 'url', types: ['webhook', 'slack', 'teams', 'discord', 'ntfy', 'apprise'],
      secret: ['slack', 'teams', 'discord'], // who has such an address may write
    },
    { name: 'secret', types: ['webhook'], optional: true, secret: true },
    { name: 'headers', kind: 'json', types: ['webhook'], optional: true, secret: true },
    { name: 'to', kind: 'list', types: ['email'] },
    { name: 'from', types: ['email'], optional: true },
    { name: 'smtp', kind: 'json', types: ['email'], optional: true, secret: true },
    { name: 'token', types: ['telegram', 'ntfy'], optional: true, secret: true },
    { name: 'chatId', types: ['telegram'] },
    { name: 'routingKey', types: ['pagerduty'], secret: true },
    { name: 'apiKey', types: ['opsgenie'], secret: true },
    { name: 'region', types: ['opsgenie'], optional: true },
    { name: 'tags', kind: 'list', types: ['apprise'], optional: true },
    { name: 'enabled', kind: 'check', initial: () => true },
    { name: 'default', kind: 'check' },
  ],
  actions: {
    test: (channel, { session }) => session.change('admin', async () => {
      const { ok, message, durationMs } =
        await call('POST', `${one('channels', channel.id)}/test`);
      return text.channelTested(ok, message ?? '', Math.round(durationMs));
    }),
  },
};
