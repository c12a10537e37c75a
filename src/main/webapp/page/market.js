import { Chart } from "./chart.js";
import { byId, eachFrame, element, flash } from "./elements.js";
import { sparkline } from "./drawing.js";
import { Series } from "./series.js";

const MAX_ROWS = 100;

/** Prices: a row for each symbol, and a chart of the chosen one. */
export class Market {
  #rows = new Map();
  #chosen = null;
  #chart = new Chart(byId("chart"));
  #render = eachFrame(() => this.#renderChanged());

  /** Takes a publication of `stock/<symbol>/price`. */
  take({ topic, time, data, removed }) {
    const price = Number(data?.price ?? data);
    if (removed || !Number.isFinite(price)) return;
    const symbol = String(data.symbol ?? topic.split("/")[1]);
    const row = this.#rows.get(symbol) ?? this.#add(symbol);
    if (!row) return;
    row.before = row.series.last ?? price;
    row.series.add(time, price);
    row.rise = Number(data.change ?? price - row.before);
    row.changed = true;
    this.#render();
  }

  /** The gateway's clock less ours, in ms. */
  set clockOffset(offset) {
    this.#chart.clockOffset = offset;
  }

  #add(symbol) {
    if (this.#rows.size >= MAX_ROWS) return undefined;
    const cells = {
      price: element("td", { className: "number price" }),
      change: element("td", { className: "number change" }),
      trend: element("canvas"),
    };
    const name = element("th", { scope: "row", textContent: symbol });
    const line = element("tr", { tabIndex: 0 }, name, cells.price, cells.change, element("td", {}, cells.trend));
    line.dataset.symbol = symbol;
    line.addEventListener("click", () => this.#choose(symbol));
    line.addEventListener("keydown", (event) => event.key === "Enter" && this.#choose(symbol));
    const row = { ...cells, line, series: new Series() };
    this.#rows.set(symbol, row);
    const body = byId("market").tBodies[0];
    body.insertBefore(line, [...body.rows].find((other) => other.dataset.symbol > symbol) ?? null);
    byId("market-empty").hidden = true;
    if (!this.#chosen) this.#choose(symbol);
    return row;
  }

  #choose(symbol) {
    this.#rows.get(this.#chosen)?.line.removeAttribute("aria-selected");
    this.#chosen = symbol;
    const row = this.#rows.get(symbol);
    row.line.setAttribute("aria-selected", "true");
    byId("chart-title").textContent = symbol;
    this.#chart.show(row.series);
    row.changed = true;
    this.#render();
  }

  #renderChanged() {
    for (const [symbol, row] of this.#rows) {
      if (!row.changed) continue;
      row.changed = false;
      const { last } = row.series;
      if (last === undefined) continue;
            row.price.textContent = last.toFixed(2);
      row.change.textContent = signed(row.rise);
      flash(row.price, last - row.before);
      flash(row.change, row.rise);
      sparkline(row.trend, row.series.points, row.rise >= 0 ? "up" : "down");
      if (symbol === this.#chosen) this.#renderChosen(last, row.rise);
    }
  }

  #renderChosen(price, change) {
    byId("chart-value").textContent = price.toFixed(2);
    byId("chart-change").textContent = signed(change);
    byId("chart-change").className = `change ${change >= 0 ? "rise" : "fall"}`;
  }
}

const signed = (change) => `${change >= 0 ? "+" : "−"}${Math.abs(change).toFixed(2)}`;
