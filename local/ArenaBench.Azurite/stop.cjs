// Stops Azurite in good order when it is asked to by a file (Windows has no SIGTERM that a process could handle),
// and when no process that used it has lived for a while: after a crash nobody is left to stop it.
const { existsSync, readdirSync, unlinkSync } = require("node:fs");

const stopFile = process.env.ARENABENCH_STOP_FILE;
const usersFolder = process.env.ARENABENCH_USERS_FOLDER;
const patienceMs = Number(process.env.ARENABENCH_ORPHAN_SECONDS) * 1000;
let usedAt = Date.now();

const timers = [
  setInterval(() => existsSync(stopFile) && stop(), 250),
  setInterval(() => {
    if (isUsed()) usedAt = Date.now();
    else if (Date.now() - usedAt > patienceMs) stop();
  }, Math.min(5000, patienceMs / 4)),
];
timers.forEach((timer) => timer.unref());

function stop() {
  // While it starts, Azurite does not listen to the signal yet: the next tick asks again.
  if (process.listenerCount("SIGTERM") === 0) return;
  timers.forEach(clearInterval);
  try {
    unlinkSync(stopFile);
  } catch {
    // There is none, or its writer still holds it: the next start removes it.
  }
  process.emit("SIGTERM");
}

function isUsed() {
  try {
    return readdirSync(usersFolder).some((name) => isAlive(Number(name.split("-")[0])));
  } catch {
    return false; // The folder is gone, and the data with it.
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
