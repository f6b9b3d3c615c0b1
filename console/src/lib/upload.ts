/**
 * Sends a file as the body of one request, read from the disk as it goes, and tells how far it has come.
 *
 *     const body = await upload<FileJob>("/v1/usage/files?source=olt-12", file, { signal, onProgress: (share) => … });
 *
 * `fetch` tells nothing while it sends, so this is the one place with an XMLHttpRequest. There is no time limit: a large
 * file over a slow line takes as long as it takes, and the reader may stop it.
 */
import { ApiProblem } from "./problem";
import { rememberPositions } from "./positions";

interface Sending {
  signal: AbortSignal;
  /** Of what is to be sent, between 0 and 1. */
  onProgress: (share: number) => void;
}

export function upload<Body>(path: string, file: Blob, { signal, onProgress }: Sending): Promise<Body> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", new URL(path, location.origin));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      const body = parsed(request.responseText);
      rememberPositions(request.getResponseHeader("Position"));
      if (request.status >= 200 && request.status < 300) resolve(body as Body);
      else reject(new ApiProblem(request.status, body, new Headers({ "Retry-After": request.getResponseHeader("Retry-After") ?? "" })));
    });
    request.addEventListener("error", () => reject(new TypeError("the file could not be sent")));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
