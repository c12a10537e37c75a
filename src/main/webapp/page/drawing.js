/** The drawing context of a canvas, scaled to the pixels of the screen, and its size in CSS pixels. */
export function surface(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = globalThis.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** A colour of the style sheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The lowest and highest value with some air around them. */
export function bounds(points) {
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low) * 0.12 || Math.abs(high) * 0.001 || 1;
  return { low: low - air, high: high + air };
}

export function path(context, points, x, y) {
  context.beginPath();
  points.forEach((point, i) => context[i === 0 ? "moveTo" : "lineTo"](x(point.time), y(point.value)));
}

/** A small line without axes: the last points, whatever their time. */
export function sparkline(canvas, points, name) {
  const { context, width, height } = surface(canvas);
  const shown = points.slice(-40);
  if (shown.length < 2) return;
  const { low, high } = bounds(shown);
  context.beginPath();
  shown.forEach(({ value }, i) => {
    const x = 1 + (i * (width - 2)) / (shown.length - 1);
    const y = height - ((value - low) / (high - low)) * height;
    context[i === 0 ? "moveTo" : "lineTo"](x, y);
  });
  context.strokeStyle = colour(name);
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.stroke();
}
