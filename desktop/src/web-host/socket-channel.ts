import type { WebSocket } from 'ws';
import type { Channel } from '../host/channel.ts';

/** A WebSocket as a channel of whole text messages. Binary frames end the connection: nothing of ours sends them. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    listen: (onMessage, onClose) => {
      socket.on('message', (data, binary) => {
        if (binary) socket.close(1003, 'text only');
        else onMessage(String(data));
      });
      socket.on('close', onClose);
    },
    close: () => socket.close(1000),
  };
}
