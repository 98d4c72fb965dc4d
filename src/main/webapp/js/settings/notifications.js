import { call, one } from '../api.js';
import { text } from '../text.js';
import { moment } from '../time.js';

/** What was told to whom. */
export const notifications = {
  path: 'notifications',
  columns: ({ channel, event, incidents, state, attempts, sentAt, error }) => [
    channel, event, String(incidents.length), state, String(attempts),
    sentAt ? moment(sentAt) : '', error ?? '',
  ],
  actions: {
    resend: ({ id }, { session }) => session.change('operator', async () => {
      await call('POST', `${one('notifications', id)}/resend`);
      return text.resent;
    }),
  },
};
