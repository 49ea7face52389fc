// What changes something at the preview is sent with the token of its run, which pages carry.

/** Sends JSON. */
export function send(address, body) {
  const token = document.querySelector("meta[name='digest-token']")?.content ?? "";
  const headers = { "Content-Type": "application/json", "X-Digest-Token": token };
  return fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
}
