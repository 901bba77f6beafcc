"""A kitchen helper that looks into the fridge, with function calling, before it says what to cook."""

import json
import sys

from openai import OpenAI

MODEL = "gpt-4o"

FRIDGE = {"egg": 6, "milk": 1, "tomato": 4, "feta": 1}

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "look_up",
            "description": "How many pieces of something are in the fridge.",
            "parameters": {
                "type": "object",
                "properties": {"item": {"type": "string", "enum": sorted(FRIDGE)}},
                "required": ["item"],
            },
        },
    }
]


class Kitchen:
    """Keeps one conversation, and answers the model's questions about the fridge."""

    def __init__(self) -> None:
        self.client = OpenAI()
        self.messages = [{"role": "system", "content": "You plan simple meals from what is in the fridge."}]

    def ask(self, question: str, rounds: int = 5) -> str:
        """Put a question and run the tools the model asks for, until it answers."""
        self.messages.append({"role": "user", "content": question})
        for _ in range(rounds):
            reply = self.client.chat.completions.create(
                model=MODEL,
                messages=self.messages,
                tools=TOOLS,
                tool_choice="auto",
                temperature=0.2,
            )
            message = reply.choices[0].message
            self.messages.append(message)
            if not message.tool_calls:
                return message.content or ""
            for call in message.tool_calls:
                self.messages.append(self.run(call))
        raise RuntimeError("the model kept asking for tools")

    def run(self, call) -> dict:
        """Answer one tool call with a `tool` message."""
        item = json.loads(call.function.arguments)["item"]
        print(f"  [{call.function.name}] {item}: {FRIDGE[item]}")
        return {"role": "tool", "tool_call_id": call.id, "content": json.dumps({"count": FRIDGE[item]})}


if __name__ == "__main__":
    print(Kitchen().ask(" ".join(sys.argv[1:]) or "Is there enough for an omelette?"))
