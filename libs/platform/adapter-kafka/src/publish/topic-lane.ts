import { AppError } from '@scorekeep/platform/util-errors';
import { kafkaErrorCodes } from '../kafka.errors';
import { type EncodedMessage } from './encoded-message';

/** Sends messages to one topic as one request. Resolves when they are acknowledged. */
export type SendRequest = (messages: readonly EncodedMessage[]) => Promise<void>;

/** How large a request may become. A message that alone is larger travels alone. */
export interface RequestLimits {
  readonly maxBytes: number;
  readonly maxMessages: number;
}

/** One call of `publish`: it ends well when all its messages did, and badly with the first that did not. */
class Ticket {
  readonly done: Promise<void>;
  failed = false;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(private open: number) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  acknowledge(): void {
    this.open -= 1;
    if (this.open === 0) this.resolve();
  }

  fail(error: unknown): void {
    this.failed = true;
    this.reject(error);
  }
}

interface Queued {
  readonly message: EncodedMessage;
  readonly ticket: Ticket;
}

/**
 * The messages on their way to one topic. One request is under way at a time, which keeps the order of messages with one
 * key; what is published meanwhile travels together in the next.
 */
export class TopicLane {
  private readonly queue: Queued[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    private readonly send: SendRequest,
    private readonly limits: RequestLimits,
  ) {}

  async add(messages: readonly EncodedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const ticket = new Ticket(messages.length);
    this.queue.push(...messages.map((message) => ({ message, ticket })));
    this.sending ??= this.sendAll();
    await ticket.done;
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    // Calls of the same tick share the first request.
    await Promise.resolve();
    while (this.queue.length > 0) await this.sendNext();
    this.sending = undefined;
  }

  private async sendNext(): Promise<void> {
    const request = this.takeRequest();
    if (request.length === 0) return;
    try {
      await this.send(request.map(({ message }) => message));
      request.forEach(({ ticket }) => ticket.acknowledge());
    } catch (thrown) {
      await this.failOrDivide(request, thrown);
    }
  }

  /** A request fails for the caller whose message is at fault, not for its neighbours: they are tried on their own. */
  private async failOrDivide(request: readonly Queued[], thrown: unknown): Promise<void> {
    if (request.length === 1 || !isAboutContent(thrown)) {
      request.forEach(({ ticket }) => ticket.fail(thrown));
      return;
    }
    for (const { message, ticket } of request) {
      if (ticket.failed) continue;
      await this.send([message]).then(
        () => ticket.acknowledge(),
        (error: unknown) => ticket.fail(error),
      );
    }
  }

  /** The next messages that fit one request. What a failed call still had in the queue is dropped. */
  private takeRequest(): Queued[] {
    const request: Queued[] = [];
    let bytes = 0;
    for (;;) {
      const next = this.queue[0];
      if (next === undefined || request.length === this.limits.maxMessages) return request;
      if (request.length > 0 && bytes + next.message.bytes > this.limits.maxBytes) return request;
      this.queue.shift();
      if (next.ticket.failed) continue;
      request.push(next);
      bytes += next.message.bytes;
    }
  }
}

function isAboutContent(thrown: unknown): boolean {
  const aboutContent: readonly string[] = [kafkaErrorCodes.messageTooLarge, kafkaErrorCodes.rejected];
  return thrown instanceof AppError && aboutContent.includes(thrown.code);
}
