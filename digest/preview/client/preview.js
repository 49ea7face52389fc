// Put into pages by `digest serve` alone: hears of every build, and shows what has changed and what is wrong.

import { away, clock } from "./clock.js";
import { renew } from "./files.js";
import { overlay } from "./overlay.js";
import { follow, refresh } from "./page.js";

const own = document.querySelector("script[data-epoch]");
const runOf = (epoch) => epoch.slice(0, epoch.lastIndexOf("-"));
let epoch = own.dataset.epoch;
let source = null;

async function hear(message) {
  const news = JSON.parse(message.data);
  const here = location.pathname;
  if (runOf(news.epoch) !== runOf(epoch)) {
    location.reload(); // another run: our token is not its token
    return;
  }
  epoch = news.epoch;
  if (here in news.moved) await follow(news.moved[here]);
  else if (news.everything || news.changed.includes(here) || news.removed.includes(here)) await refresh();
  renew(news.assets, news.everything, epoch);
  overlay(news.issues);
  clock(news);
}

// A browser has six connections to a server: a page that nobody looks at keeps none, and catches up when it is seen.
function listen() {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source || source.readyState === EventSource.CLOSED) {
    source = new EventSource(`${own.dataset.events}?epoch=${encodeURIComponent(epoch)}`);
    source.addEventListener("news", hear);
    source.addEventListener("open", () => away(false));
    source.addEventListener("error", () => away(true));
  }
}

document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", listen);
addEventListener("pagehide", () => { source?.close(); source = null; });
listen();
