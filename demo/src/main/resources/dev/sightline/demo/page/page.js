"use strict";

const at = (id) => document.getElementById(id);
const percent = (share) => (100 * share).toFixed(1) + " %";
let current = null;

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function fail(error) {
  at("problem").textContent = error.message;
  at("problem").hidden = false;
}

function show(answer) {
  current = answer;
  at("label").textContent = answer.label;
  at("label").className = answer.label;
  at("confidence").textContent = percent(answer.confidence) + " sure";
  for (const name of ["positive", "negative"]) {
    const share = answer.probabilities[name] ?? 0;
    at(name).value = share;
    at(name + "-share").textContent = percent(share);
  }
  at("request-id").textContent = answer.id ?? "without an id";
  at("latency").textContent = answer.latency_ms.toFixed(1) + " ms";
  at("receipt").textContent = "";
  at("right").disabled = at("wrong").disabled = !answer.id;
  at("answer").hidden = false;
}

async function judge(event) {
  event.preventDefault();
  at("problem").hidden = true;
  at("answer").hidden = true;
  try {
    show(await post("judge", { text: at("text").value }));
  } catch (error) {
    fail(error);
  }
}

async function tell(right) {
  const other = current.label === "positive" ? "negative" : "positive";
  at("right").disabled = at("wrong").disabled = true;
  at("problem").hidden = true;
  try {
    const receipt = await post("truth", { id: current.id, value: right ? current.label : other });
    at("receipt").textContent = receipt.waiting > 0
      ? "Thank you. It waits for its prediction."
      : "Thank you. It is joined to the prediction.";
  } catch (error) {
    at("right").disabled = at("wrong").disabled = false;
    fail(error);
  }
}

async function start() {
  at("ask").addEventListener("submit", judge);
  at("right").addEventListener("click", () => tell(true));
  at("wrong").addEventListener("click", () => tell(false));
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", () => {
      at("text").value = button.dataset.example;
      at("ask").requestSubmit();
    });
  }
  at("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      at("ask").requestSubmit();
    }
  });
  const about = await (await fetch("about")).json();
  at("accuracy").textContent = about.accuracy;
  at("watch").href = about.server;
}

start().catch(fail);
