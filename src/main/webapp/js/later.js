import { text } from './text.js';

const SOON_MS = 500;
/** What the board can be seen without. */
const MODULES = {
  forms: () => import('./forms.js'),
  incidentDetail: () => import('./incident-detail.js'),
  silenceForm: () => import('./silence-form.js'),
  monitorPage: () => import('./monitor-page.js'),
  incidentPage: () => import('./incident-page.js'),
  incidentsPage: () => import('./incidents-page.js'),
  settingsPage: () => import('./settings-page.js'),
};

let missed = false;

/**
 * Reads a module when it is wanted, so that the board is there the sooner.
 *
 * @param {string} name
 * @param {Notices} notices told where it cannot be read
 * @returns {Promise<Object|null>} null where it cannot
 */
export async function later(name, notices) {
  try {
    return await MODULES[name]();
  } catch {
    missed = true;
    notices.fault(text.unreachable);
    return null;
  }
}

/** Whether one is missing for as long as the page is there: browsers do not try again. */
export const isIncomplete = () => missed;

/** Reads them all soon, so that they are here when the server is not. */
export function readSoon() {
  setTimeout(() => {
    Object.values(MODULES).forEach((load) => load().catch(() => {
      missed = true;
    }));
  }, SOON_MS);
}
