import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc';

/** A two-way pipe of whole messages: a WebSocket, a MessagePort, or two ends in one process. */
export interface Channel {
  send(message: string): void;
  /** Called for each message that arrives; one listener. */
  listen(onMessage: (message: string) => void, onClose: () => void): void;
  close(): void;
}

class ChannelReader extends AbstractMessageReader implements MessageReader {
  readonly #channel: Channel;
  constructor(channel: Channel) {
    super();
    this.#channel = channel;
  }
  listen(callback: DataCallback): Disposable {
    this.#channel.listen(
      (text) => {
        try {
          callback(JSON.parse(text) as Message);
        } catch (error) {
          this.fireError(error);
        }
      },
      () => this.fireClose(),
    );
    return { dispose: () => this.#channel.close() };
  }
}

class ChannelWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #channel: Channel;
  constructor(channel: Channel) {
    super();
    this.#channel = channel;
  }
  async write(message: Message): Promise<void> {
    this.#channel.send(JSON.stringify(message));
  }
  end(): void {
    this.#channel.close();
  }
}

/** The reader and writer that vscode-jsonrpc wants, over a channel. */
export function messagesOver(channel: Channel): {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
} {
  return { reader: new ChannelReader(channel), writer: new ChannelWriter(channel) };
}

/** Two channels joined in memory, for tests and for an engine in the same process. */
export function channelPair(): readonly [Channel, Channel] {
  const ends = [createEnd(), createEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0].channel, ends[1].channel];
}

interface End {
  peer: End | undefined;
  deliver: ((message: string) => void) | undefined;
  closed: (() => void) | undefined;
  readonly channel: Channel;
}

function createEnd(): End {
  const end: End = {
    peer: undefined,
    deliver: undefined,
    closed: undefined,
    channel: {
      send: (message) => queueMicrotask(() => end.peer?.deliver?.(message)),
      listen: (onMessage, onClose) => {
        end.deliver = onMessage;
        end.closed = onClose;
      },
      close: () => {
        const { peer } = end;
        end.peer = undefined;
        if (peer === undefined) return;
        peer.peer = undefined;
        peer.closed?.();
      },
    },
  };
  return end;
}
