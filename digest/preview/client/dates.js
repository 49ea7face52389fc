// Dates and times in ISO 8601. Times of the site are shown as the site writes them, not in this machine's time zone.

/** The local day of a `Date`, for example `2026-03-12`. */
export function isoDay(date) {
  const pad = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** The day at the start of an ISO text, formatted with the options of `toLocaleDateString`. */
export function formatDay(text, options) {
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  return new Date(year, month - 1, day).toLocaleDateString("en-GB", options);
}
