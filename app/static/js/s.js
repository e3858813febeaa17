(page => {
  const me = page.currentScript, to = new URL("/v1/b", me.src).href, slot = "fanfare"
  let id, queue = [], timer, looking, looked
  const random = () => crypto.getRandomValues(new Uint32Array(4)).join("-")
  const keep = (how, value) => { try { return localStorage[how](slot, value) } catch {} }
  const send = () => {
    const batch = queue.splice(0, 50)
    if (batch[0]) navigator.sendBeacon(to, JSON.stringify({ writeKey: me.dataset.key, sentAt: new Date(), batch }))
  }
  const add = (type, event, properties) => {
    if (!id) return
    queue.push({ type, event, properties, anonymousId: id, messageId: random(), timestamp: new Date() })
    clearTimeout(timer)
    timer = setTimeout(send, 500)
  }
  const look = () => {
    if (!looked) add("track", "Page Seen")
    looked = 1
  }
  const wait = () => {
    clearTimeout(looking)
    if (page.hidden) send()
    else looking = setTimeout(look, 3000)
  }
  const can = {
    consent(yes) {
      if (!yes) {
        queue = []
        id = keep("removeItem")
      } else if (!id) {
        keep("setItem", id = keep("getItem") || random())
        can.page()
      }
    },
    track(event, properties) { add("track", event, properties) },
    page() {
      looked = 0
      add("page", "", { path: location.pathname, title: page.title })
      wait()
    }
  }
  const early = window.fanfare?.q || []
  window.fanfare = (name, ...rest) => can[name]?.(...rest)
  for (const sign of ["keydown", "scroll"]) addEventListener(sign, look)
  page.addEventListener("visibilitychange", wait)
  if (me.dataset.consent == "given") can.consent(1)
  for (const each of early) fanfare(...each)
})(document)
