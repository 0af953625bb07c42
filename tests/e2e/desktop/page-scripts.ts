// What the desktop suite runs inside the page; self-contained, since only the function's text gets there.

/** Makes a workspace, uploads a small register and previews it; resolves with the text of the job's whole event stream. */
export async function previewRegister(folder: string): Promise<string> {
  const post = (path: string, input: unknown): Promise<Response> =>
    fetch(`/rpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: input }),
    });
  const call = async (path: string, input: unknown): Promise<Record<string, unknown>> => {
    const response = await post(path, input);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { json: Record<string, unknown> }).json;
  };
  await call('workspace/create', {
    folder,
    organisation: '测试环保服务有限公司',
    office: '测试驻点',
    code: 'TEST',
    operator: '测试员',
    role: 'leader',
  });
  const csv = '企业名称,统一社会信用代码,详细地址\n海明科技有限公司,,东村工业路1号\n';
  const upload = await fetch('/files/upload?name=register.csv', { method: 'POST', body: new Blob([csv]) });
  const { id } = (await upload.json()) as { id: string };
  const { jobId } = await call('registers/preview', { uploads: [{ id, name: 'register.csv' }] });
  // The answer ends with the job; an event a line in between.
  return (await post('jobs/watch', { jobId })).text();
}
