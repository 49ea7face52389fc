// Questions to the preview, and changes through it.

import { send } from "../send.js";

const AT = new URL(".", import.meta.url).pathname;

/** Nothing was done: files have changed since (`conflicts`), or something is wrong (`issues`). */
export class Refused extends Error {
  constructor(status, { issues = [], conflicts = [] }) {
    super(issues.map((issue) => issue.message + (issue.hint ? ` – ${issue.hint}` : "")).join("\n"));
    this.status = status;
    this.issues = issues;
    this.conflicts = conflicts;
  }
}

/** Asks for something. */
export const ask = (path) => answered(fetch(AT + path, { headers: { Accept: "application/json" } }));

/** Sends something; what it changes is in the answer. */
export const tell = (path, body) => answered(send(AT + path, body));

async function answered(asking) {
  let answer;
  try {
    answer = await asking;
  } catch {
    throw new Refused(0, { issues: [{ message: "The preview does not answer", hint: "is digest serve still running?" }] });
  }
  if (answer.status === 403) {
    throw new Refused(403, { issues: [{ message: "This page is of an earlier run", hint: "load it anew" }] });
  }
  const said = await answer.json().catch(() => ({ issues: [{ message: `The preview answered ${answer.status}` }] }));
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
}
