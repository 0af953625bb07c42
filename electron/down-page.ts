// What the window gets while the back end is down: a page that tries again by itself, or a JSON answer for its code.

const HEADERS = { 'cache-control': 'no-store', 'retry-after': '1' };

// No script and no outside resource, so it holds under any content policy.
const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>环保管家工作台</title></head>
<body><main><h1>正在启动后台服务…</h1><p>已确认的内容都已保存。几秒后自动重试。</p></main></body></html>`;

/** The 503 answer that fits what was asked for. */
export function downResponse(request: Request): Response {
  const wantsPage = request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
  if (wantsPage) {
    return new Response(PAGE, {
      status: 503,
      headers: {
        ...HEADERS,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'",
      },
    });
  }
  return Response.json(
    { code: 'BACKEND_DOWN', message: '后台服务正在重新启动，请稍候' },
    { status: 503, headers: HEADERS },
  );
}
