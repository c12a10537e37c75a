import { byId, clock, eachFrame, element } from "./elements.js";

const MAX_EVENTS = 50;
const ROUND_TRIP_EVERY_MS = 5000;

/** Connection state, what happened to it, and the figures in the bar. */
export function showStatus(client) {
  let publications = 0;
  let lastOffset;
  const showOffset = eachFrame(() => (byId("offset").textContent = lastOffset));
  const state = (text) => {
    byId("state").dataset.state = client.state;
    byId("state").textContent = text ?? client.state;
  };
  client.on("connected", ({ user, session, node }) => {
    state();
    byId("user").textContent = user ?? "nobody";
    note(`connected as session ${session} on node ${node}`);
    measure();
  });
  client.on("disconnected", ({ code, reason }) => {
    state();
    note(`disconnected: ${reason || "connection lost"} (${code})`, "bad");
  });
  client.on("reconnecting", ({ attempt, delay }) => {
    state("reconnecting");
    note(`attempt ${attempt} in ${(delay / 1000).toFixed(1)} s`);
  });
  client.on("gap", ({ topic, reason, from, to }) => note(`gap in ${topic} (${reason}): ${from} to ${to}`, "bad"));
  client.on("error", ({ code, message, topic }) => note(`${topic ? `${topic}: ` : ""}${message} (${code})`, "bad"));
  client.on("message", ({ offset }) => {
    publications++;
    lastOffset = offset;
    showOffset();
  });
  setInterval(() => {
    byId("rate").textContent = publications;
    publications = 0;
  }, 1000);
  const measure = async () => {
    if (client.state !== "connected") return;
    try {
      byId("round-trip").textContent = `${(await client.ping()).roundTrip.toFixed(1)} ms`;
    } catch {
      byId("round-trip").textContent = "–";
    }
  };
  setInterval(measure, ROUND_TRIP_EVERY_MS);
}

function note(text, className = "") {
  const list = byId("events");
  const time = element("time", { textContent: clock(Date.now()) });
  list.prepend(element("li", { className }, time, text));
  while (list.children.length > MAX_EVENTS) list.lastChild.remove();
}
