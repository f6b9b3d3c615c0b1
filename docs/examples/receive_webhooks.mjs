// The same in JavaScript: npm install standardwebhooks; WEBHOOK_SECRET=whsec_… node receive_webhooks.mjs 9000
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const known = new Set(); // a table of your database, written in one transaction with what you do

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    let event;
    try {
      event = webhook.verify(Buffer.concat(chunks).toString(), request.headers); // the bytes as they came, not JSON made anew
    } catch {
      response.writeHead(401).end();
      return;
    }
    const id = request.headers["webhook-id"];
    if (!known.has(id)) {
      known.add(id);
      console.log(id, event.type, event.subject);
    }
    response.writeHead(200).end();
  });
}).listen(Number(process.argv[2] ?? 9000), "127.0.0.1", () => console.log("listening"));
