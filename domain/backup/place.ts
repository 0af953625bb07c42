// Where a workspace should not lie: on a stick, on a network share, in a folder that another program synchronises.

/** What is wrong with a place; `what` names the medium or the program. */
export interface PlaceWarning {
  kind: 'removable' | 'network' | 'synchronised';
  what: string;
  sentence: string;
}

/** A mounted file system: where, of which type, and whether its medium can be taken out (null: not known). */
export interface Mount {
  point: string;
  type: string;
  removable: boolean | null;
}

/** What is known of the folder's place. `drive` is the kind of its Windows drive letter. */
export interface PlaceFacts {
  folder: string;
  platform: 'win32' | 'darwin' | 'linux';
  mounts: readonly Mount[];
  drive: 'fixed' | 'removable' | 'network' | null;
}

/** Folder names (whole path parts) that belong to programs which copy files away behind the application's back. */
const SYNCHRONISED: readonly [name: RegExp, what: string][] = [
  [/^onedrive( .+| - .+)?$/i, 'OneDrive'],
  [/^(我的坚果云|坚果云|nutstore( files)?|nutstore-?.*)$/i, '坚果云'],
  [/^(icloud ?drive|icloud云盘|mobile documents|com~apple~clouddocs)$/i, 'iCloud'],
  [/^dropbox( .+)?$/i, 'Dropbox'],
  [/^(baidusyncdisk|baidunetdisk(workspace)?|百度网盘(同步空间)?|百度云同步盘)$/i, '百度网盘'],
  [/^(微云|微云同步(助手|盘)|weiyun.*)$/i, '微云'],
  [/^(wps ?云盘|wpsdrive|wps cloud files)$/i, 'WPS 云盘'],
  [/^(google ?drive|googledrive-.+|我的云端硬盘)$/i, 'Google Drive'],
  [/^(阿里云盘|aliyundrive|alipan)$/i, '阿里云盘'],
];

const NETWORK_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|afpfs|webdav|davfs2?|ncpfs|9p|ceph|glusterfs|afs|fuse\.(sshfs|rclone|s3fs|davfs2?|gvfsd-fuse|glusterfs))$/i;

const SENTENCES: Readonly<Record<PlaceWarning['kind'], (what: string) => string>> = {
  removable: (what) => `资料放在${what}上，拔出或接触不良会损坏数据库。请把资料移到本机硬盘，${what}只用来放备份`,
  network: (what) => `资料放在${what}上，断线或多人同时打开会损坏数据库。请把资料移到本机硬盘，网络盘只用来放备份`,
  synchronised: (what) =>
    `资料放在${what}的同步文件夹里，同步会在写入中途替换文件而损坏数据库。请把资料移到不同步的文件夹`,
};

const warning = (kind: PlaceWarning['kind'], what: string): PlaceWarning => ({
  kind,
  what,
  sentence: SENTENCES[kind](what),
});

/** The mount that holds the folder: the longest mount point that is a prefix of it in whole parts. */
function mountOf(folder: string, mounts: readonly Mount[]): Mount | null {
  const within = mounts.filter(({ point }) => point === '/' || folder === point || folder.startsWith(`${point}/`));
  return within.reduce<Mount | null>(
    (best, m) => (best === null || m.point.length >= best.point.length ? m : best),
    null,
  );
}

function byMount(mount: Mount | null): PlaceWarning | null {
  if (!mount) return null;
  if (NETWORK_TYPES.test(mount.type)) return warning('network', '网络盘');
  if (mount.removable === true) return warning('removable', ' U 盘或移动硬盘');
  return null;
}

/** Why the folder is no place for a workspace, or null. A synchronised folder is named before the medium below it. */
export function placeWarning({ folder, platform, mounts, drive }: PlaceFacts): PlaceWarning | null {
  for (const part of folder.split(platform === 'win32' ? /[\\/]/ : '/')) {
    const hit = SYNCHRONISED.find(([name]) => name.test(part));
    if (hit) return warning('synchronised', hit[1]);
  }
  if (platform === 'win32') {
    if (/^\\\\(?![?.]\\[A-Za-z]:)/.test(folder) || drive === 'network') return warning('network', '网络盘');
    return drive === 'removable' ? warning('removable', ' U 盘或移动硬盘') : null;
  }
  const found = byMount(mountOf(folder, mounts));
  if (found || platform === 'linux') return found;
  return /^\/Volumes\/[^/]+/.test(folder) ? warning('removable', '外接磁盘') : null;
}

/** `/proc/mounts` as mounts; `isRemovable` looks a block device (`/dev/sdb1`) up. */
export function parseProcMounts(text: string, isRemovable: (device: string) => boolean | null): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [device, point, type] = line.split(' ');
    if (!device || !point || !type) return [];
    const plain = point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    return [{ point: plain, type, removable: device.startsWith('/dev/') ? isRemovable(device) : null }];
  });
}

/** Output of macOS's `mount` as mounts. */
export function parseMacMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const match = /^.+? on (\/.*) \(([^,)]+)/.exec(line);
    return match?.[1] && match[2] ? [{ point: match[1], type: match[2], removable: null }] : [];
  });
}
