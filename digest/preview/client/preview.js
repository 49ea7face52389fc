// Live updates of a preview page: follows the event stream, shows what a build changed, and lists the issues.
// `digest serve` adds this script to every page that it serves; published pages do not contain it.

import { refreshAssets } from "./assets.js";
import { showClock, showConnection } from "./clock.js";
import { showIssues } from "./overlay.js";
import { followMove, refreshPage } from "./page.js";

const script = document.querySelector("script[data-epoch]");
const runOf = (epoch) => epoch.slice(0, epoch.lastIndexOf("-"));
let epoch = script.dataset.epoch;
let stream = null;

async function onBuild(message) {
  const event = JSON.parse(message.data);
  const path = location.pathname;
  if (runOf(event.epoch) !== runOf(epoch)) {
    location.reload(); // another run has another token
    return;
  }
  epoch = event.epoch;
  if (path in event.moved) await followMove(event.moved[path]);
  else if (event.everything || event.changed.includes(path) || event.removed.includes(path)) await refreshPage();
  refreshAssets(event.assets, event.everything, epoch);
  showIssues(event.issues);
  showClock(event);
}

// A browser allows six connections to a server. A hidden page therefore closes its stream, and catches up when it is
// visible again.
function connect() {
  if (document.hidden) {
    disconnect();
  } else if (!stream || stream.readyState === EventSource.CLOSED) {
    stream = new EventSource(`${script.dataset.events}?epoch=${encodeURIComponent(epoch)}`);
    stream.addEventListener("news", onBuild);
    stream.addEventListener("open", () => showConnection(true));
    stream.addEventListener("error", () => showConnection(false));
  }
}

function disconnect() {
  stream?.close();
  stream = null;
}

document.addEventListener("visibilitychange", connect);
addEventListener("pageshow", connect);
addEventListener("pagehide", disconnect);
connect();
