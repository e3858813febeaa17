// The next card stands before the answer of a key has come: it is fetched while nobody waits, and held.
// The key is sent as ever. Until the answer stands the old card is kept, with all that was typed in it.
(() => {
  "use strict";
  const ONWARD = ".outcome, [value=skip], [value=next]"; // what leaves a card and needs no more to be said
  const queue = () => document.getElementById("queue");
  const action = (root) => root?.querySelector(".queue-form")?.getAttribute("action");
  const pressed = (ctx) => ctx.request.submitter ?? ctx.sourceElement;
  const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 200));
  let held = null; // {after, parts}: what comes when the card with that address for what is ahead is left
  let sent = null; // {ctx, after, left}: what was pressed and is not answered yet, and the card that it left
  let waiting = null; // what was pressed meanwhile, on the card that stands beforehand

  htmx.config.morphIgnore.push("open"); // what somebody opened stays open when the answer comes

  const look = async () => {
    const after = queue()?.dataset.ahead;
    if (!after || sent || (held?.after === after && held.used)) return;
    const answer = await fetch(after, { headers: { "HX-Request": "true" } }).catch(() => null);
    const html = answer?.status === 200 ? await answer.text() : "";
    if (sent || queue()?.dataset.ahead !== after) return;
    const found = new DOMParser().parseFromString(html, "text/html").getElementById("queue-ahead");
    held = found && { after, parts: [...found.children] };
  };

  // The head stays: it counts what is logged. Answers what made room.
  const place = (parts) => {
    const old = [...queue().children].filter((each) => !each.matches(".queue-head"));
    if (document.activeElement.closest("#queue")) document.activeElement.blur();
    old[0].before(...parts);
    old.forEach((each) => each.remove());
    parts.forEach((each) => htmx.process(each));
    const name = queue().querySelector("[data-focus]");
    name.focus({ preventScroll: true });
    name.scrollIntoView({ block: "nearest" });
    return old;
  };

  const back = () => {
    const { after, left } = sent;
    sent = null;
    forget();
    held = { after, parts: place(left), used: true };
  };

  const forget = () => {
    const control = waiting;
    waiting = null;
    control?.removeAttribute("aria-pressed");
    return control;
  };

  // Without an outcome nothing is being logged: what was logged before stands on.
  const keepLast = (parts) => {
    const last = queue().querySelector(".queue-last");
    parts.at(-1).querySelector(".queue-last")?.replaceWith(...(last ? [last.cloneNode(true)] : []));
  };

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (!sent || !ctx.sourceElement.closest("#queue")) return;
    event.preventDefault(); // one after the other: it goes out when the answer has come, and only for the card it was meant for
    if (waiting || !pressed(ctx).matches("button")) return;
    waiting = pressed(ctx);
    waiting.setAttribute("aria-pressed", "true");
  });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const control = pressed(ctx);
    const lost = !navigator.onLine || document.documentElement.dataset.connection === "lost";
    if (lost || !held || held.after !== queue()?.dataset.ahead) return;
    if (!control.closest(".queue-form") || !control.matches(ONWARD)) return;
    const { after, parts } = held;
    if (!control.matches(".outcome")) keepLast(parts);
    ctx.request.keepalive = true; // whoever goes on to another page has logged it all the same
    held = null;
    sent = { ctx, after, left: place(parts) };
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (!sent) return;
    if (ctx !== sent.ctx) return ctx.target?.id === "queue" && event.preventDefault();
    if (ctx.response.status >= 400) return back();
    const fresh = tasks[0].fragment;
    sent.stays = action(fresh) === action(queue());
    if (!sent.stays) return;
    tasks[0].swapSpec.style = "outerMorph";
    fresh.querySelectorAll(".queue-form [type=hidden]").forEach((each) => {
      queue().querySelector(".queue-form").elements[each.name].value = each.value;
    });
  });

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx === sent?.ctx) {
      const { stays } = sent;
      const control = forget();
      sent = null;
      if (stays && control) return again(control);
    }
    if (ctx?.text?.includes('id="queue"')) whenIdle(look);
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx === sent?.ctx) back();
  });

  const again = (control) => {
    const found = control.isConnected ? control : queue().querySelector(`[data-key="${control.dataset.key}"]`);
    found?.click();
  };

  whenIdle(look);
})();
