import { clock } from "./elements.js";
import { bounds, colour, path, surface } from "./drawing.js";

const WINDOW_MS = 120_000;
const FRAME_MS = 50;
const GRID_LINES = 4;
const RIGHT = 64;
const BOTTOM = 20;

/** A line that moves with time: the right edge is now. */
export class Chart {
  #canvas;
  #series = null;
  #drawnAt = 0;
  /** The gateway's clock less ours, in ms. */
  clockOffset = 0;

  constructor(canvas) {
    this.#canvas = canvas;
    const frame = (at) => {
      if (at - this.#drawnAt >= FRAME_MS) {
        this.#drawnAt = at;
        this.#draw(Date.now() + this.clockOffset);
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  show(series) {
    this.#series = series;
  }

  #draw(now) {
    const { context, width, height } = surface(this.#canvas);
    const all = this.#series?.points ?? [];
    const first = all.findIndex((point) => point.time >= now - WINDOW_MS);
    const points = first < 0 ? all.slice(-1) : all.slice(Math.max(0, first - 1));
    if (points.length === 0) return;
    const { low, high } = bounds(points);
    const plot = { width: width - RIGHT, height: height - BOTTOM };
    const x = (time) => plot.width * (1 - (now - time) / WINDOW_MS);
    const y = (value) => 6 + (plot.height - 12) * (1 - (value - low) / (high - low));
    const last = points.at(-1).value;
    this.#grid(context, plot, { low, high, y, last });
    this.#times(context, plot, now, x);
    this.#line(context, plot, [...points, { time: now, value: last }], x, y);
    this.#mark(context, plot, y(last), last);
  }

  #grid(context, plot, { low, high, y, last }) {
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "middle";
    for (let i = 0; i <= GRID_LINES; i++) {
      const value = low + ((high - low) * i) / GRID_LINES;
      context.fillStyle = colour("line");
      context.fillRect(0, Math.round(y(value)), plot.width, 1);
      context.fillStyle = colour("soft");
      const isHidden = Math.abs(y(value) - y(last)) < 16;
      if (!isHidden) context.fillText(value.toFixed(2), plot.width + 8, y(value));
    }
  }

  #times(context, plot, now, x) {
    const step = 30_000;
    context.textBaseline = "alphabetic";
    context.textAlign = "center";
    for (let time = Math.ceil((now - WINDOW_MS) / step) * step; time < now; time += step) {
      const half = context.measureText(clock(time)).width / 2;
      context.fillStyle = colour("line");
      context.fillRect(Math.round(x(time)), 0, 1, plot.height);
      context.fillStyle = colour("soft");
      const at = Math.min(Math.max(x(time), half), plot.width - half);
      context.fillText(clock(time), at, plot.height + 14);
    }
    context.textAlign = "start";
  }

  #line(context, plot, points, x, y) {
    context.save();
    context.beginPath();
    context.rect(0, 0, plot.width, plot.height);
    context.clip();
    path(context, points, x, y);
    context.strokeStyle = colour("accent");
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.stroke();
    context.lineTo(plot.width, plot.height);
    context.lineTo(x(points[0].time), plot.height);
    context.globalAlpha = 0.1;
    context.fillStyle = colour("accent");
    context.fill();
    context.restore();
  }

  #mark(context, plot, y, value) {
    context.fillStyle = colour("accent");
    context.beginPath();
    context.roundRect(plot.width + 3, y - 9, RIGHT - 5, 18, 4);
    context.fill();
    context.fillStyle = colour("card");
    context.textBaseline = "middle";
    context.fillText(value.toFixed(2), plot.width + 8, y);
  }
}
