// Starts Azurite in a session of its own and says its process id: node launch.cjs LOGFILE MAIN [ARGUMENT...]
// Its own session, because Ctrl-C at the terminal reaches the whole foreground process group, and the storage
// must outlive the host that still has records to write.
const { spawn } = require("node:child_process");
const { openSync } = require("node:fs");
const path = require("node:path");

const [logFile, main, ...rest] = process.argv.slice(2);
const log = openSync(logFile, "w");
// What a request leaves behind is dead when the next one comes: with more room it is collected less often.
const young = ["--min-semi-space-size=16", "--max-semi-space-size=64"];
const child = spawn(process.execPath, [...young, "--require", path.join(__dirname, "stop.cjs"), main, ...rest], {
  detached: true,
  windowsHide: true,
  stdio: ["ignore", log, log],
});
child.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on("spawn", () => {
  console.log(child.pid);
  child.unref();
});
