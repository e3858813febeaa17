import RudderAnalytics from "@rudderstack/rudder-sdk-node"

const [writeKey, dataPlaneUrl] = process.argv.slice(2)
const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl, flushAt: 20, gzip: true })
const traits = { name: "Aisha Yilmaz", email: "aisha@example.com", consent: true }
analytics.identify({ userId: "a-1", traits })
analytics.track({ userId: "a-1", event: "Job Viewed", properties: { job_id: 12 } })
analytics.page({ userId: "a-1", name: "Home" })
analytics.screen({ userId: "a-1", name: "Home" })
analytics.group({ userId: "a-1", groupId: "g" })
analytics.alias({ userId: "a-1", previousId: "browser-1" })
await analytics.flush()
process.exit(0)
