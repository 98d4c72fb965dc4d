import { call, Problem } from './api.js';

const ROLES = ['viewer', 'operator', 'admin'];

/** Who uses the page, and what that one may do. */
export class Session {
  user = null;
  role = null;

  #ask;
  #changed;

  /**
   * @param {function(string): Promise<boolean>} ask lets someone sign in who has the given role;
   *     false if nobody did
   * @param {function()} changed
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Takes what the server says. */
  learn({ user, role }) {
    this.user = user;
    this.role = role;
    this.#changed();
  }

  may(needs) {
    return ROLES.indexOf(this.role) >= ROLES.indexOf(needs);
  }

  /** Whether to offer what needs a role: to those who have it, and to those who may sign in. */
  offers(needs) {
    return this.user === null || this.may(needs);
  }

  /**
   * Does what needs a role, after someone has signed in who has it.
   *
   * @param {string} needs
   * @param {function(): Promise} action
   * @returns what the action answers, or undefined if nobody signed in
   * @throws {Problem}
   */
  async change(needs, action) {
    if (!this.may(needs) && !(await this.#ask(needs))) {
      return undefined;
    }
    try {
      return await action();
    } catch (problem) {
      if (problem.status !== 401 && problem.status !== 403) {
        throw problem;
      }
    }
    await this.refresh(); // the session is over, or the role was lowered
    return (await this.#ask(needs)) ? action() : undefined;
  }

  /** Signs in. @throws {Problem} */
  async signIn(username, password) {
    await call('POST', 'session', { username, password });
    await this.refresh();
  }

  async signOut() {
    try {
      await call('DELETE', 'session');
    } catch (problem) {
      if (problem.status !== 401) {
        throw problem;
      }
    }
    this.learn({ user: null, role: null });
  }

  /** Asks the server who is signed in. */
  async refresh() {
    try {
      const { username, role } = await call('GET', 'session');
      this.learn({ user: username, role });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) {
        throw problem;
      }
      this.learn({ user: null, role: null });
    }
  }
}
