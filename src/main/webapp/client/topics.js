/**
 * Compiles a topic name or pattern into a test for topic names.
 *
 * `+` stands for one level, a final `#` for any number of levels, including none. A topic whose
 * first level starts with `$` is never matched by a wildcard in first place. Case-sensitive.
 *
 * @param {string} pattern
 * @returns {(topic: string) => boolean}
 */
export function matcher(pattern) {
  if (!/[+#]/.test(pattern)) return (topic) => topic === pattern;
  const wanted = pattern.split("/");
  const open = wanted.at(-1) === "#";
  if (open) wanted.pop();
  const leadingWildcard = wanted.length === 0 || wanted[0] === "+";
  return (topic) => {
    if (leadingWildcard && topic.startsWith("$")) return false;
    const levels = topic.split("/");
    if (open ? levels.length < wanted.length : levels.length !== wanted.length) return false;
    return wanted.every((level, i) => level === "+" || level === levels[i]);
  };
}

/** Whether there can be a topic that both patterns match. */
export function overlap(one, other) {
  const a = one.split("/");
  const b = other.split("/");
  const hides = ([first], [level]) => level.startsWith("$") && (first === "+" || first === "#");
  if (hides(a, b) || hides(b, a)) return false;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === "#" || b[i] === "#") return true;
    if (a[i] === undefined || b[i] === undefined) return false;
    if (a[i] !== b[i] && a[i] !== "+" && b[i] !== "+") return false;
  }
  return true;
}
