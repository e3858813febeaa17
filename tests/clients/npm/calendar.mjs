import { readFileSync } from "node:fs"
import ICAL from "ical.js"

const [file, until] = process.argv.slice(2)
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")))
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone)
const events = calendar.getAllSubcomponents("vevent").map(each => new ICAL.Event(each))
const end = new Date(until)
const found = []
for (const event of events.filter(each => !each.isRecurrenceException())) {
  for (const other of events) {
    if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other)
  }
  const moments = event.iterator()
  for (let next = moments.next(); next && next.toJSDate() < end; next = moments.next()) {
    const shown = event.getOccurrenceDetails(next)
    found.push([shown.startDate.toJSDate().toISOString(), shown.endDate.toJSDate().toISOString()])
    if (!event.isRecurring()) break
  }
}
console.log(JSON.stringify(found))
