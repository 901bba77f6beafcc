import asyncio

from app.chat import ask

print("answer:", asyncio.run(ask("Say hello")))
