// Times as people read them. Moments are ISO strings as the server gives them; durations say their unit.

/** What is left on a clock: 32:10, 1:02:10; never below 0:00. */
export function clock(leftMs: number): string {
  const total = Math.max(0, Math.ceil(leftMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** "45 min". */
export function minutes(seconds: number): string {
  return `${Math.round(seconds / 60)} min`;
}

/** How long something lasted, in minutes: "45 minutes", "a minute", "under a minute". */
export function lasted(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 1) return "under a minute";
  return whole === 1 ? "a minute" : `${whole} minutes`;
}

/** "21 Nov 2026", in the reader's own zone. */
export function day(moment: string): string {
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** "21 Nov 2026, 14:05", in the reader's own zone. */
export function moment(moment: string): string {
  return `${day(moment)}, ${new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

/** "just now", "5 minutes ago", "yesterday"; the day itself once it is more than a week past. `now` is in milliseconds. */
export function ago(moment: string, now: number): string {
  const minutesPast = Math.floor((now - Date.parse(moment)) / 60_000);
  if (minutesPast < 1) return "just now";
  if (minutesPast < 60) return minutesPast === 1 ? "a minute ago" : `${minutesPast} minutes ago`;
  const hoursPast = Math.floor(minutesPast / 60);
  if (hoursPast < 24) return hoursPast === 1 ? "an hour ago" : `${hoursPast} hours ago`;
  const daysPast = Math.floor(hoursPast / 24);
  if (daysPast > 7) return day(moment);
  return daysPast === 1 ? "yesterday" : `${daysPast} days ago`;
}
