import { byId, eachFrame, element, flash } from "./elements.js";
import { sparkline } from "./drawing.js";
import { Series } from "./series.js";

const MAX_TILES = 60;

/** Readings: a tile for each sensor. Takes bare readings and rows of a watched table alike. */
export class Sensors {
  #tiles = new Map();
  #render = eachFrame(() => this.#renderChanged());

  /** Takes a publication below `iot/`. */
  take({ topic, time, data, removed }) {
    const reading = data?.row ?? data;
    const value = Number(reading?.temp ?? reading?.value ?? reading);
    if (removed || data?.op === "delete" || reading === null || !Number.isFinite(value)) return;
    const name = nameOf(topic, reading);
    const tile = this.#tiles.get(name) ?? this.#add(name);
    if (!tile) return;
    tile.before = tile.series.last ?? value;
    tile.series.add(time, value);
    tile.changed = true;
    this.#render();
  }

  #add(name) {
    if (this.#tiles.size >= MAX_TILES) return undefined;
    const tile = {
      value: element("p", { className: "value" }),
      trend: element("canvas"),
      series: new Series(),
    };
    const label = element("p", { className: "name", textContent: name, title: name });
    const item = element("li", { className: "tile" }, label, tile.value, tile.trend);
    item.dataset.sensor = name;
    this.#tiles.set(name, tile);
    const list = byId("sensors");
    list.insertBefore(item, [...list.children].find((other) => other.dataset.sensor > name) ?? null);
    byId("sensors-empty").hidden = true;
    return tile;
  }

  #renderChanged() {
    for (const tile of this.#tiles.values()) {
      if (!tile.changed) continue;
      tile.changed = false;
      tile.value.textContent = `${tile.series.last.toFixed(1)} °C`;
      flash(tile.value, tile.series.last - tile.before);
      sparkline(tile.trend, tile.series.points, "accent");
    }
  }
}

function nameOf(topic, { sensor } = {}) {
  const place = topic.split("/").slice(2, -1).join(" · ") || topic;
  return sensor === undefined ? place : `${place} · ${sensor}`;
}
