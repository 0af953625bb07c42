// The blocking message after repeated crashes of the back end: what happened, that nothing is lost, and what can be done.
import { dialog, shell } from 'electron';

/** Asks until the user chooses to try again or to leave; looking at the log does not close the question. */
export function askAfterCrashes(reason: string, logFile: string): 'retry' | 'quit' {
  for (;;) {
    const choice = dialog.showMessageBoxSync({
      type: 'error',
      title: '后台服务无法运行',
      message: '后台服务连续三次意外退出，已停止自动重启。',
      detail: `已确认的内容都在工作区里，没有丢失。\n\n原因：${reason}\n日志：${logFile}`,
      buttons: ['重试', '查看日志', '退出'],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (choice === 0) return 'retry';
    if (choice !== 1) return 'quit';
    shell.showItemInFolder(logFile);
  }
}
