import { call, one } from './api.js';
import { subject } from './subject.js';
import { text } from './text.js';
import { latency } from './time.js';

/**
 * What people do. The effect comes back to everyone as an event; here only the one who did it is
 * told, or why it failed.
 */
export class Commands {
  #session;
  #notices;

  constructor(session, notices) {
    this.#session = session;
    this.#notices = notices;
  }

  /** @returns the sample with its evidence, or undefined if there is none */
  probe({ id, name }) {
    const path = `${one('monitors', id)}/probe?evidence=true`;
    return this.#run('operator', 'POST', path, undefined, (sample) =>
      text.probed(name, text.outcome[sample.outcome], latency(sample.latencyMs)),
    );
  }

  pause({ id, name }) {
    return this.#run('operator', 'POST', `${one('monitors', id)}/pause`, undefined, () =>
      text.paused(name),
    );
  }

  resume({ id, name }) {
    return this.#run('operator', 'POST', `${one('monitors', id)}/resume`, undefined, () =>
      text.resumed(name),
    );
  }

  delete({ id, name }) {
    return this.#run('admin', 'DELETE', one('monitors', id), undefined, () => text.deleted(name));
  }

  acknowledge(incident, comment) {
    const body = comment ? { comment } : {};
    return this.#run('operator', 'POST', `${one('incidents', incident.id)}/acknowledge`, body, () =>
      text.acknowledged(subject(incident)),
    );
  }

  unacknowledge(incident) {
    return this.#run('operator', 'DELETE', `${one('incidents', incident.id)}/acknowledge`, undefined, () =>
      text.unacknowledged(subject(incident)),
    );
  }

  comment({ id }, words) {
    return this.#run('operator', 'POST', `${one('incidents', id)}/comments`, { text: words }, () =>
      text.commented,
    );
  }

  /** Adds a monitor. @throws {Problem} because its form shows what is wrong */
  add(monitor) {
    return this.#session.change('admin', () => call('POST', 'monitors', monitor));
  }

  /** Changes a monitor by a merge patch. @throws {Problem} */
  update(id, patch) {
    return this.#session.change('admin', () => call('PATCH', one('monitors', id), patch));
  }

  /** Removes a monitor without a word. @throws {Problem} */
  remove(id) {
    return this.#session.change('admin', () => call('DELETE', one('monitors', id)));
  }

  /** Silences what matches. @throws {Problem} */
  silence(silence) {
    return this.#session.change('operator', () => call('POST', 'silences', silence));
  }

  /** Who would be told of a monitor's incident, with a route to try. @throws {Problem} */
  recipients(monitor, route) {
    return this.#session.change('operator', () =>
      call('POST', `${one('monitors', monitor)}/recipients`, route ? { route } : {}));
  }

  /** Changes the password of who is signed in. @throws {Problem} */
  changePassword(old, fresh) {
    return this.#session.change('viewer', async () => {
      await call('PUT', 'session/password', { old, new: fresh });
      return true;
    });
  }

  /** Probes without storing. @throws {Problem} */
  test(monitor) {
    return this.#session.change('operator', () => call('POST', 'monitors/test', monitor));
  }

  /** @returns {Promise} what the API answered, true for nothing, undefined if it was not done */
  async #run(needs, method, path, body, done) {
    try {
      const answer = await this.#session.change(needs, async () => {
        const json = await call(method, path, body);
        return json ?? true;
      });
      if (answer !== undefined) {
        this.#notices.tell(done(answer));
      }
      return answer;
    } catch (problem) {
      this.#notices.fault(problem.message);
      return undefined;
    }
  }
}
