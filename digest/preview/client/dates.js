// Days and moments as ISO 8601 writes them. What the site says is said by its own clock, not by this machine's.

/** The day of a moment here, as `2026-03-12`. */
export function written(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The day that a text begins with, as people say it: `how` is of `toLocaleDateString`. */
export function said(text, how) {
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  return new Date(year, month - 1, day).toLocaleDateString("en-GB", how);
}
