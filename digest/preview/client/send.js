// Sends changes to the preview, with the token of this run from the page.

/** Sends a POST request with a JSON body. */
export function send(url, body) {
  const token = document.querySelector("meta[name='digest-token']")?.content ?? "";
  const headers = { "Content-Type": "application/json", "X-Digest-Token": token };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}
