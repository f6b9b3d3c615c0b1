/**
 * A clerk's month, step by step, in the words of docs/console.md: what is done, and what is seen. `month.ts` clicks each of
 * them and takes its picture; `npm run click-path` writes the page from this list.
 */
export interface Step {
  /** Names its picture, docs/images/month/<name>.webp. */
  name: string;
  title: string;
  /** One or two sentences; words of the page in bold, as the page has them. */
  says: string;
}

export interface Chapter {
  title: string;
  steps: readonly Step[];
}

export const chapters = [
  {
    title: "Set up what is sold",
    steps: [
      { name: "sign-in", title: "Sign in", says: "Open the console and sign in with the email and password that an administrator gave you." },
      { name: "first-steps", title: "Read what is to do", says: "The **Overview** of a new installation lists the steps **To the first invoice**. Each is a link; each ticks by itself when it is done." },
      { name: "service", title: "Name what is sold", says: "Press **Define a service**. Give it a name, a code and a kind." },
      { name: "cycle", title: "Say when it is billed", says: "Back on the Overview, press **Define a billing cycle**. The next six periods stand below the form." },
      { name: "plan", title: "Price it", says: "Press **Publish a plan** and add its prices: a fee for the month, and usage in tiers. **What it comes to** says at once what a customer would pay; the billing engine itself reckons it." },
      { name: "publish", title: "Publish the plan", says: "Save the draft, press **Publish** and choose from when it is in force. How many customers have it is said first." },
      { name: "customer", title: "Open an account", says: "Press **Open an account** on the Overview: a name, a cycle, a tax rate." },
      { name: "subscription", title: "Start the service", says: "On the customer’s page press **Start a service** and choose the plan. The first bill is shown before anything is sent." },
      { name: "usage", title: "Watch usage arrive", says: "Open **Usage & Events**. What equipment reports appears by itself, with its price; nothing needs to be reloaded." },
      { name: "plan-change", title: "Change a plan in the middle of the month", says: "On the service’s page press **Change the plan**. The bill of this month is shown with the days of each plan before you confirm." },
    ],
  },
  {
    title: "Bill the month",
    steps: [
      { name: "next-run", title: "See that a month has ended", says: "The **Overview** has the next billing run of each cycle: how many customers, and how much to expect. Press **Preview**." },
      { name: "dry-run", title: "Run it dry", says: "A dry run writes nothing. **Unusual** names what to look at before customers do, here a customer whose tax data are missing." },
      { name: "mend", title: "Mend what is unusual", says: "Follow the name to the customer, open **Billing profile** and change the **Tax profile**." },
      { name: "confirm", title: "Confirm", says: "Run it dry again. When nothing is unusual press **Confirm and issue** and type the number of invoices." },
      { name: "invoices", title: "See the invoices appear", says: "The run says how far it is. **Show them** lists its invoices; a second window that is open shows them by itself." },
      { name: "explain", title: "Ask why an amount is what it is", says: "Open an invoice and press **Explain** on a line: the price, each step of the amount, and the usage records that were counted." },
      { name: "pdf", title: "Open the PDF", says: "**Open PDF** shows the document as the customer gets it. **Proof** says that it is still what was issued." },
    ],
  },
  {
    title: "Correct an invoice",
    steps: [
      { name: "credit", title: "Credit a line", says: "An issued invoice never changes. Press **Credit**, choose the line and a reason; what is left is said first." },
      { name: "credit-note", title: "Open the credit note", says: "The part **Credit notes** leads to it, with its PDF." },
      { name: "issue-anew", title: "Issue it anew", says: "**Issue anew** credits what is left and makes a draft of what was billed; **Issue** gives the draft the next number." },
    ],
  },
  {
    title: "Collect the money",
    steps: [
      { name: "payment", title: "Record a payment", says: "On the invoice press **Record payment**. **What it pays** shows the open invoices that the amount goes to, oldest first." },
      { name: "allocate", title: "Put it where it belongs", says: "On the payment’s page **Allocate or move** has an amount for each open invoice. What no invoice gets is the customer’s credit, and pays the next one." },
      { name: "void-refused", title: "What cannot be done says why", says: "A paid invoice cannot be voided. The button stays in its place, with the reason under it." },
      { name: "overdue", title: "See who is late", says: "The **Overview** counts what is overdue; **Dunning** has a case for each customer who is late, with the next step and its day." },
      { name: "report", title: "Take a report along", says: "Open **Reports**, choose **AR aging** and press **Export**. The file is made by the server and stays for a day." },
    ],
  },
  {
    title: "Follow a debt",
    steps: [
      { name: "case", title: "Open the case", says: "Press the customer’s name on **Dunning**. **What happened** tells each step in order, here a reminder and a line that was blocked; **What comes if nothing is paid** has the next one and its day." },
      { name: "letter", title: "Send the letters", says: "**Deliveries** has every letter and document that goes out. Under **On their way** stand those that wait; **Print what waits** saves them as one file of PDFs, and they count as sent." },
      { name: "promise", title: "Record a promise", says: "The customer calls. On the case press **Record a promise** and say until when; no step is taken before that day. **Give service back until then** is for those you trust." },
      { name: "pause", title: "Pause dunning", says: "Whoever asks about the amount is left alone until that is settled: press **Pause**, give a reason and a day. Nothing is sent until then." },
      { name: "debt-paid", title: "Take the payment", says: "On the customer’s page press **Record payment**. The debt stands under **What it pays**." },
      { name: "restored", title: "See service restored", says: "The case clears by itself, and the line is open again. **Network**, on the service’s page, says since when the equipment knows." },
    ],
  },
  {
    title: "When something is in the way",
    steps: [
      { name: "session", title: "A session that ends loses nothing", says: "If your session ends while you write, the console asks for your password over the form. What you wrote is still there." },
      { name: "keyboard", title: "Everything by keys", says: "`g i` opens the invoices, `/` the filter, `j` and `k` move, **Enter** opens, `?` lists all keys." },
      { name: "service-down", title: "A service that is away", says: "The top of the page names a service that does not answer. The console waits and goes on by itself when it is back." },
    ],
  },
] as const satisfies readonly Chapter[];

export type StepName = (typeof chapters)[number]["steps"][number]["name"];
