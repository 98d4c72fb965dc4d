import { Problem } from './api.js';
import { BeatAddress } from './beat-address.js';
import { MonitorForm } from './monitor-form.js';
import { PasswordDialog } from './password.js';
import { SignInDialog } from './sign-in.js';
import { text } from './text.js';

/**
 * Makes the dialogs that belong to the whole page.
 *
 * @param page its session, commands, notices, store and what is to follow an addition
 * @param {function()} restart the stream, as what was open with other rights has ended
 */
export function makeForms(page, restart) {
  const { session, commands, notices } = page;
  const forms = {
    monitor: new MonitorForm(page),
    beatAddress: new BeatAddress(),
    password: new PasswordDialog(commands, notices, restart),
    signIn: new SignInDialog(async (username, password) => {
      await session.signIn(username, password);
      if (session.user === null) {
        throw new Problem(401, text.notKept);
      }
      restart();
    }),
  };
  document.body.append(...Object.values(forms));
  return forms;
}
