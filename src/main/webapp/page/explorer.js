import { byId, clock, eachFrame, element } from "./elements.js";

const MAX_ROWS = 200;
const MAX_DATA_CHARS = 500;

/** Lets one subscribe to any pattern and see its publications, newest first. */
export class Explorer {
  #client;
  #chips = new Map();
  #fresh = [];
  #render = eachFrame(() => this.#renderFresh());

  constructor(client) {
    this.#client = client;
    byId("explore").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#subscribe();
    });
    client.on("gap", ({ topic, reason, from, to }) => {
      if (this.#chips.has(topic)) this.#show({ note: `gap (${reason}): ${from} to ${to} will not come`, topic });
    });
  }

  #subscribe() {
    const pattern = byId("pattern").value.trim();
    if (pattern === "" || this.#chips.has(pattern)) return;
    const mode = byId("mode").value || undefined;
    const history = Number(byId("history").value) || undefined;
    const chip = element("li", { textContent: pattern });
    const subscription = this.#client.subscribe(pattern, { mode, history }, (publication) => this.#show(publication));
    const close = element("button", { type: "button", textContent: "×", ariaLabel: `Unsubscribe ${pattern}` });
    close.addEventListener("click", () => this.#end(pattern, subscription));
    chip.append(close);
    this.#chips.set(pattern, chip);
    byId("subscriptions").append(chip);
    subscription.ready.then(
      () => chip.classList.add("live"),
      (error) => {
        chip.classList.add("refused");
        chip.title = error.message;
      },
    );
  }

  #end(pattern, subscription) {
    subscription.unsubscribe().catch(() => {});
    this.#chips.get(pattern).remove();
    this.#chips.delete(pattern);
  }

  #show(publication) {
    this.#fresh.push(publication);
    if (this.#fresh.length > MAX_ROWS) this.#fresh.shift();
    this.#render();
  }

  #renderFresh() {
    const body = byId("publications").tBodies[0];
    for (const publication of this.#fresh) body.prepend(row(publication));
    this.#fresh = [];
    while (body.rows.length > MAX_ROWS) body.lastChild.remove();
    byId("publications-empty").hidden = body.rows.length > 0;
  }
}

function row({ time, offset, topic, key, data, note, removed, snapshot }) {
  const text = note ?? (removed ? "removed" : describe(data));
  return element(
    "tr",
    {},
    element("td", { textContent: time === undefined ? "" : clock(time) }),
    element("td", { className: "number", textContent: offset ?? "" }),
    element("td", { textContent: topic }),
    element("td", { textContent: key ?? "" }),
    element("td", { textContent: snapshot ? `${text} (snapshot)` : text }),
  );
}

function describe(data) {
  if (data instanceof Uint8Array) return `${data.length} bytes`;
  const text = JSON.stringify(data) ?? "";
  return text.length > MAX_DATA_CHARS ? `${text.slice(0, MAX_DATA_CHARS)}…` : text;
}
