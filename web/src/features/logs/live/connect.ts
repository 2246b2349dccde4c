import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import type { Hub } from './session'

/** A connection to the live hub. In a module of its own: only a page that goes live loads the SignalR client. */
export function connectLive(): Hub {
  return new HubConnectionBuilder()
    .withUrl('/hubs/live')
    .withAutomaticReconnect([0, 500, 2_000, 5_000, 10_000])
    .configureLogging(LogLevel.None)
    .build()
}
