// Client of the desk's JSON API.

import { send } from "../send.js";

const API_PATH = new URL(".", import.meta.url).pathname;

/** A request that failed: files have changed since (`conflicts`), or there are `issues`. Nothing was written. */
export class RequestError extends Error {
  constructor(status, { issues = [], conflicts = [] }) {
    super(issues.map((issue) => issue.message + (issue.hint ? ` – ${issue.hint}` : "")).join("\n"));
    this.status = status;
    this.issues = issues;
    this.conflicts = conflicts;
  }
}

/** Sends a GET request and returns the JSON of the response. */
export const get = (path) => json(fetch(API_PATH + path, { headers: { Accept: "application/json" } }));

/** Sends a POST request with a JSON body and returns the JSON of the response. */
export const post = (path, body) => json(send(API_PATH + path, body));

async function json(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new RequestError(0, { issues: [{ message: "The preview does not answer", hint: "check that digest serve is running" }] });
  }
  if (response.status === 403) {
    throw new RequestError(403, { issues: [{ message: "This page belongs to an earlier run of the preview", hint: "reload the page" }] });
  }
  const body = await response.json().catch(() => ({ issues: [{ message: `The preview answered with status ${response.status}` }] }));
  if (!response.ok) throw new RequestError(response.status, body);
  return body;
}
