// Goes on as soon as every app has answered, and in any case after three seconds.
const longest = 3000;
let answered = 0;
let isOver = false;

function goOn() {
  const next = document.getElementById("next");
  if (next && !isOver) {
    isOver = true;
    location.replace(next.href);
  }
}

function goOnIfAllAnswered() {
  if (document.readyState !== "loading" && answered >= document.querySelectorAll("iframe").length) {
    goOn();
  }
}

// Frames tell of it without bubbling, and before the end of the page.
document.addEventListener(
  "load",
  (event) => {
    if (event.target instanceof HTMLIFrameElement) {
      answered += 1;
      goOnIfAllAnswered();
    }
  },
  true,
);
document.addEventListener("DOMContentLoaded", goOnIfAllAnswered);
setTimeout(goOn, longest);
