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
