/** The recent points of one value, oldest first. Bounded in number. */
export class Series {
  static #MAX_POINTS = 600;
  points = [];

  /** Points may come out of order, as history does behind what is new. */
  add(time, value) {
    const { points } = this;
    let at = points.length;
    while (at > 0 && points[at - 1].time > time) at--;
    points.splice(at, 0, { time, value });
    if (points.length > Series.#MAX_POINTS) points.shift();
  }

  get last() {
    return this.points.at(-1)?.value;
  }
}
