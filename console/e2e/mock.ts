/** The mock API and the build, served for as long as this process lives. */
import { spawn } from "node:child_process";

/** Resolves to its address once it answers; fails if it ends before. */
export async function serveMock(port: string): Promise<string> {
  const server = spawn(process.execPath, [new URL("../mock/server.ts", import.meta.url).pathname], { env: { ...process.env, PORT: port }, stdio: ["ignore", "pipe", "inherit"] });
  // However this process ends: what is left running would keep whoever reads its output waiting.
  process.once("exit", () => server.kill());
  await new Promise<void>((resolve, reject) => {
    server.stdout.once("data", () => resolve());
    server.once("exit", (code) => reject(new Error(`the mock ended with ${code}`)));
  });
  return `http://127.0.0.1:${port}`;
}
