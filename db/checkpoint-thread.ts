// The thread that copies the write-ahead log into the database file, through a connection of its own.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const port = parentPort;
const db = new Database(workerData as string, { fileMustExist: true });
// As safe as the connection that writes: the log is synced before its pages are copied, the file before the log is used anew.
db.pragma('synchronous = FULL');
db.pragma('busy_timeout = 0');

port?.on('message', (message: 'checkpoint' | 'close') => {
  if (message === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    port.postMessage(null);
  } catch (error) {
    port.postMessage(String(error));
  }
});
