import { API } from './api-address.js';
import { text } from './text.js';

/** An answer that is no success: RFC 9457's members, with status 0 where there was no answer. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {{field: string, message: string}[]} [errors]
   */
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/**
 * Asks the API.
 *
 * @param {string} method
 * @param {string} path relative to the API
 * @param {Object} [body] sent as JSON
 * @returns the answer's JSON, or null where it has none
 * @throws {Problem}
 */
export async function call(method, path, body) {
  const request = { method, headers: { Accept: 'application/json, application/problem+json' } };
  if (body !== undefined) {
    request.headers['Content-Type'] =
      method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    request.body = JSON.stringify(body);
  }
  let response;
  let answer;
  try {
    response = await fetch(new URL(path, API), request);
    answer = await response.text();
  } catch {
    throw new Problem(0, text.unreachable);
  }
  const json = parsed(answer);
  if (response.ok) {
    return json;
  }
  const errors = Array.isArray(json?.errors) ? json.errors : [];
  throw new Problem(
    response.status,
    json?.detail || json?.title || text.unexpected(response.status),
    errors,
  );
}

function parsed(answer) {
  try {
    return JSON.parse(answer);
  } catch {
    return null; // no body, or a proxy's page
  }
}

/** The path of one thing in a list. */
export function one(list, id) {
  return `${list}/${encodeURIComponent(id)}`;
}
